import { mutant } from '../../stack/mutant.ts'

export const pageUnanswered = mutant({
  id: 'mirror/page-unanswered',
  title: 'Close what is asked for without a word',
  part: 'next',
  file: '/etc/nginx/nginx.conf',
  find: '      return 404;',
  replace: '      return 444;',
  kills: 'mirror/answered-not',
  path: '/nowhere',
})

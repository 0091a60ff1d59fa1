import { mutant } from '../../stack/mutant.ts'

export const pageMoved = mutant({
  id: 'mirror/page-moved',
  title: 'Serve the style sheets from another folder',
  part: 'next',
  file: '/etc/nginx/nginx.conf',
  find: '    location /static/ {\n',
  replace: '    location /assets/ {\n',
  kills: 'mirror/answers-beyond-noise',
  path: '/static/style.css',
})

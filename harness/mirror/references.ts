import { document } from '../kernel/index.ts'

export const darkLaunching = document(
  'Feature toggles: dark launching',
  'https://martinfowler.com/bliki/DarkLaunching.html',
)
export const signTestPage = document('Sign test', 'https://en.wikipedia.org/wiki/Sign_test')

import { question } from '../question.ts'
import { findCommand, firstLineOf } from '../ask-command.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

export const browser = question({
  id: 'browser',
  title: 'Browser',
  neededBy: 'tests',
  async ask() {
    const path = process.env['CHROMIUM'] ?? names.map(findCommand).find((found) => found !== undefined)
    return path === undefined
      ? { state: 'missing', detail: `none of ${names.join(', ')} is on PATH`, fix: 'npm run bootstrap' }
      : { state: 'ok', detail: `${await firstLineOf([path, '--version'])} at ${path}` }
  },
})

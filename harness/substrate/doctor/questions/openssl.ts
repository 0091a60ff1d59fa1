import { findCommand, firstLineOf } from '../ask-command.ts'
import { question } from '../question.ts'

export const openssl = question({
  id: 'openssl',
  title: 'OpenSSL',
  neededBy: 'convenience',
  async ask() {
    const path = findCommand('openssl')
    return path === undefined
      ? {
          state: 'missing',
          detail: 'openssl is not on PATH: replay by hand of TLS findings',
          fix: 'apt-get install -y openssl',
        }
      : { state: 'ok', detail: await firstLineOf([path, 'version']) }
  },
})

import type { CloudCall } from '../cloud-method.ts'
import { cloudMethod, textParam } from '../cloud-method.ts'

/** Sends the code of a second factor by mail or to another app. Nothing is sent: it stands in the seed. */
function send({ params, accounts }: CloudCall): { errorCode: number } {
  accounts.authenticate(textParam(params, 'cloudUserName'), textParam(params, 'cloudPassword'))
  return { errorCode: 0 }
}

export const emailMfaCode = cloudMethod({
  name: 'getEmailVC4TerminalMFA',
  paths: ['/api/v2/account/getEmailVC4TerminalMFA'],
  run: send,
})

export const pushMfaCode = cloudMethod({
  name: 'getPushVC4TerminalMFA',
  paths: ['/api/v2/account/getPushVC4TerminalMFA'],
  run: send,
})

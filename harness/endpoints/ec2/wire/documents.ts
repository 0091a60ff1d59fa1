import type { MockReply } from '../../core/index.ts'
import type { Ec2Error } from '../errors.ts'
import type { Xml } from './xml.ts'
import { escapeText, writeXml } from './xml.ts'

const head = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** The API version that an answer is written in when the request names none. */
export const newestVersion = '2016-11-15'

/** The answer of an operation: `<NameResponse>` in the namespace of the version that was asked for. */
export function responseDocument(action: string, version: string, requestId: string, content: Xml): MockReply {
  const inside = writeXml(content, 1)
  return document(
    200,
    requestId,
    `${head}<${action}Response xmlns="http://ec2.amazonaws.com/doc/${version}/">\n    <requestId>${requestId}</requestId>\n${inside}</${action}Response>`,
  )
}

export function errorDocument(error: Pick<Ec2Error, 'code' | 'message' | 'status'>, requestId: string): MockReply {
  return document(
    error.status,
    requestId,
    `${head}<Response><Errors><Error><Code>${error.code}</Code><Message>${escapeText(error.message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
  )
}

function document(status: number, requestId: string, body: string): MockReply {
  return {
    status,
    fields: [
      ['x-amzn-RequestId', requestId],
      ['Cache-Control', 'no-cache, no-store'],
      ['Content-Type', 'text/xml;charset=UTF-8'],
      ['Server', 'AmazonEC2'],
    ],
    body,
  }
}

import { check } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { parameterFaults } from '../grammar/parameter-faults.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { parameterRules } from '../parameter-rules.ts'

const byFault = parameterRules('request-parameters')

/** Parameters of the request's fields (RFC 9110 section 5.6.6; RFC 8187 section 3.2). */
export const requestParameters = check({
  id: 'http/request-parameters',
  rules: Object.values(byFault),
  *run({ request }: Message) {
    for (const { field, parameter, fault } of parameterFaults(request.fields, 'request'))
      yield byFault[fault].at(`request.fields.${field}`, { field, parameter: excerpt(parameter) })
  },
  examples: [
    { title: 'an extended name', given: named("filename*=UTF-8''a%20b"), yields: [] },
    { title: 'a name twice', given: named('filename=a; filename=b'), yields: [byFault.repeated] },
    { title: 'a weight twice', given: given({ requestFields: [['TE', 'gzip;q=1;q=0']] }), yields: [byFault.repeated] },
    { title: 'apostrophes', given: named("filename='a'"), yields: [byFault['single-quoted']] },
    {
      title: 'a charset in the extended form',
      given: given({ requestFields: [['Content-Type', "text/html; charset*=UTF-8''utf-8"]] }),
      yields: [byFault['star-forbidden']],
    },
    { title: 'in quotes', given: named('filename*="UTF-8\'\'a"'), yields: [byFault['star-quoted']] },
    { title: 'plain text', given: named('filename*=a'), yields: [byFault['star-malformed']] },
    { title: 'no charset', given: named("filename*=''a"), yields: [byFault['star-no-charset']] },
    { title: 'Latin-1', given: named("filename*=iso-8859-1''a"), yields: [byFault['star-charset']] },
  ],
})

function named(parameter: string): Message {
  return given({ requestFields: [['Content-Disposition', `attachment; ${parameter}`]] })
}

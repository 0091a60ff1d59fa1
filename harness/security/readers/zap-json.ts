import { listAt, numberAt, textAt, timeOf } from '../report/fields.ts'
import { jsonStart, readJson } from '../report/json.ts'
import type { ReportReader } from '../report/reader.ts'
import { zapAlertSays } from '../report/zap-alert.ts'

/** The traditional JSON report of ZAP. */
export const zapJson: ReportReader = {
  id: 'zap-json',
  title: 'ZAP JSON',
  scanner: 'ZAP',
  home: 'https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-json/',
  takes(start) {
    const begin = jsonStart(start)
    return begin?.is === 'object' && begin.keys.has('site') && !begin.keys.has('runs')
  },
  async *read({ text }) {
    let targets = 0
    let [version, generated]: (string | undefined)[] = []
    for await (const { path, value, line } of readJson(text(), [
      '$.site.*',
      '$.@version',
      '$.@generated',
      '$.created',
    ])) {
      if (path[0] === '@version') version = String(value)
      else if (path[0] === 'created') generated = String(value)
      else if (path[0] === '@generated') generated ??= String(value)
      else {
        targets++
        const [host, port] = [textAt(value, '@host'), numberAt(value, '@port')]
        const site = { ...(host !== undefined && { host }), ...(port !== undefined && { port }) }
        for (const alert of listAt(value, 'alerts')) {
          const field = (name: string): string | undefined => textAt(alert, name)
          yield* zapAlertSays({ field, firstUri: textAt(alert, 'instances', 0, 'uri'), site, at: `line ${line}` })
        }
      }
    }
    const lookedAt = timeOf(generated)
    yield {
      is: 'head',
      tool: 'ZAP',
      targets,
      ...(version !== undefined && { version }),
      ...(lookedAt !== undefined && { lookedAt }),
    }
  },
}

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test as base } from 'vitest'
import { openPlace } from '../../fixtures/config/place.ts'

const test = base.extend('place', openPlace)

test('a configuration that is wrong as a file or a module says what Node itself complains of, with the line', async ({
  place,
}) => {
  const files = {
    'a.json': '{ "http": ',
    'b.mjs': 'const x = 1\nexport default {',
    'c.ts': 'export default {\n  http: { targets: [] as string[ }\n}',
    'd.ts': 'enum A { B }\nexport default {}',
    'e.mjs': 'throw new Error("no luck")',
    'f.mjs': 'export const config = {}',
    'g.mjs': 'export default () => ({})',
    'h.mjs': 'import "package-that-is-not-there"',
    'i.mjs': 'import "./missing.ts"',
  }
  await Promise.all(Object.entries(files).map(([name, text]) => place.write(name, text)))
  const script = `
    const { readConfigFile } = await import(${JSON.stringify(new URL('config-file.ts', import.meta.url).href)})
    const told = []
    for (const name of ${JSON.stringify(Object.keys(files))}) {
      await readConfigFile(${JSON.stringify(place.folder)} + '/' + name).catch(({ code, path, given, wanted }) => told.push([code, path, given, wanted].join(' | ')))
    }
    console.log(JSON.stringify(told))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  const module = 'a module that this Node can load'
  expect(JSON.parse(stdout)).toEqual(
    [
      /^SEATRIAL_USAGE \| a\.json \| a syntax error: .+ \| JSON$/,
      RegExp(`^SEATRIAL_USAGE \\| b\\.mjs: line 2 \\| a syntax error: Unexpected end of input \\| ${module}$`),
      RegExp(`^SEATRIAL_USAGE \\| c\\.ts: line 2 \\| a syntax error: .+ \\| ${module}$`),
      RegExp(`^SEATRIAL_USAGE \\| d\\.ts: line 1 \\| a syntax error: .*enum.* \\| ${module}$`),
      RegExp(`^SEATRIAL_USAGE \\| e\\.mjs: line 1 \\| a module that throws when it is loaded: no luck \\| ${module}$`),
      /^SEATRIAL_USAGE \| f\.mjs \| no default export \| an object as default export$/,
      /^SEATRIAL_USAGE \| g\.mjs \| a function \| an object as default export$/,
      /^SEATRIAL_USAGE \| h\.mjs \| .*package-that-is-not-there/,
      /^SEATRIAL_USAGE \| i\.mjs \| .*missing\.ts/,
    ].map((pattern): unknown => expect.stringMatching(pattern)),
  )
})

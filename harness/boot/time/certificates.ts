import { X509Certificate } from 'node:crypto'
import { messageOf, UsageError } from '../../kernel/index.ts'
import type { Machine } from '../../substrate/index.ts'
import type { Validity } from './moments.ts'

/** What is taken for a certificate in a folder. */
const endings = /\.(?:pem|crt|cer)$/

/**
 * When the certificates at a path of a machine are valid: one file, or those of a folder. A file with a chain is valid
 * while all of it is.
 *
 * @param path of the configuration, for what is wrong with it
 * @throws UsageError when nothing is there, or no certificate
 */
export async function certificatesAt(
  machine: Pick<Machine, 'exec' | 'readFile'>,
  place: string,
  path: string,
): Promise<readonly Validity[]> {
  const list = 'for each in "$1" "$1"/*; do [ -f "$each" ] && echo "$each"; done; exit 0'
  const { stdout } = await machine.exec(['sh', '-c', list, 'sh', place])
  const files = stdout.split('\n').filter((file) => file === place || endings.test(file))
  const read = await Promise.all(files.map(async (file) => validityOf(file, await machine.readFile(file), path)))
  const found = read.filter((each) => each !== undefined)
  if (found.length > 0) return found
  throw new UsageError({
    path,
    given: place,
    wanted: 'a certificate of the image, or a folder with .pem, .crt or .cer',
  })
}

/** Of one file; undefined of one that holds none, such as a key. */
function validityOf(name: string, bytes: Uint8Array, path: string): Validity | undefined {
  const text = new TextDecoder('latin1').decode(bytes)
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (blocks === null && text.includes('-----BEGIN ')) return undefined
  try {
    const all = (blocks ?? [bytes]).map((each) => new X509Certificate(each))
    const seconds = (date: string): number => Date.parse(date) / 1_000
    return {
      name,
      from: Math.max(...all.map(({ validFrom }) => seconds(validFrom))),
      to: Math.min(...all.map(({ validTo }) => seconds(validTo))),
    }
  } catch (error) {
    throw new UsageError({ path, given: `${name}: ${messageOf(error)}`, wanted: 'a certificate', cause: error })
  }
}

import { nearest, rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import type { CryptLine } from '../host/crypttab.ts'
import { crypttabManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const crypttabLineSource = rule({
  id: 'boot/crypttab-line-source',
  level: 'error',
  reference: crypttabManual,
  says: ({ line, name, source, why }: { line: number; name: string; source: string; why: string }) =>
    `Line ${line} of /etc/crypttab opens ${name} from ${source}, ${why}.`,
  wants: 'A source that the host has: UUID= of the encrypted partition, as `blkid` tells it.',
  remedy: 'Compare it with `lsblk --fs`, then update-initramfs -u.',
})

export const crypttabLineWrong = rule({
  id: 'boot/crypttab-line-wrong',
  level: 'error',
  reference: crypttabManual,
  says: ({ line, what }: { line: number; what: string }) => `Line ${line} of /etc/crypttab ${what}.`,
  wants: 'A name, a source, a key file or none, and options that are known; each name once.',
  remedy: 'Correct the line, then update-initramfs -u.',
})

export const crypttabLineUnstable = rule({
  id: 'boot/crypttab-line-unstable',
  level: 'warning',
  reference: crypttabManual,
  says: ({ line, source }: { line: number; source: string }) =>
    `Line ${line} of /etc/crypttab names ${source}, which may be another disk after the next boot.`,
  wants: 'UUID=, or a path in /dev/disk/by-...',
  remedy: 'Put UUID= there, as `blkid` tells it of the partition itself.',
})

export const crypttabLineLate = rule({
  id: 'boot/crypttab-line-late',
  level: 'error',
  reference: crypttabManual,
  says: ({ line, name, option }: { line: number; name: string; option: string }) =>
    `Line ${line} of /etc/crypttab has ${option}, and ${name} is declared to be open after a boot.`,
  wants: 'A declared volume is opened at boot.',
  remedy: 'Take the option away.',
})

const known = new Set(
  [
    'cipher size sector-size keyfile-size keyfile-offset key-slot keyfile-erase keyfile-timeout offset skip hash tries timeout',
    'headless header discard no-read-workqueue no-write-workqueue same-cpu-crypt submit-from-crypt-cpus luks plain bitlk swap',
    'tmp tcrypt tcrypt-hidden tcrypt-keyfile tcrypt-system tcrypt-veracrypt tcrypt-hidden veracrypt veracrypt-pim verify noauto',
    'nofail readonly read-only _netdev try-empty-password tpm2-device tpm2-pcrs tpm2-pin tpm2-signature pkcs11-uri fido2-device',
    'fido2-cid fido2-rp password-echo token-timeout initramfs noearly loud quiet keyscript check checkargs precheck retry',
    'allow-discards none no-read-workqueue pbkdf force veracrypt-query-pim x-initrd.attach password-cache link-volume-key',
    'fido2-pin fido2-up fido2-uv tpm2-measure-pcr tpm2-measure-bank tpm2-pcrlock',
  ].flatMap((words) => words.split(' ')),
)
const counted = /^\/dev\/(?:(?:s|h|v|xv)d[a-z]+\d*|nvme\d+n\d+(?:p\d+)?|mmcblk\d+(?:p\d+)?)$/
const uuid = /^UUID="?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"?$/i

/** Lines of crypttab: whether they can open anything. */
export const crypttabLine = staticCheck({
  id: 'boot/crypttab-line',
  rules: [crypttabLineSource, crypttabLineWrong, crypttabLineUnstable, crypttabLineLate],
  *run({ declared, files: { crypttab } }) {
    for (const each of crypttab) {
      const { line, name, source, options } = each
      const at = `/etc/crypttab:${line}`
      const what = wrongWith(each, crypttab)
      if (what !== undefined) yield crypttabLineWrong.at(at, { line, what })
      if (source === '') continue
      if (counted.test(source)) yield crypttabLineUnstable.at(at, { line, source })
      const own = declared.encrypted.find((volume) => volume.name === name)
      const disks = declared.disks ?? []
      const named = disks.find((disk) =>
        [`UUID=${disk.uuid}`, `/dev/disk/by-uuid/${disk.uuid}`, disk.device, `PARTUUID=${disk.partuuid}`].includes(
          source,
        ),
      )
      const asked = /^(?:UUID|PARTUUID)=|^\/dev\/disk\/by-uuid\//.test(source)
      if (source.startsWith('UUID=') && !uuid.test(source)) {
        yield crypttabLineSource.at(at, { line, name, source, why: 'and that is no UUID' })
      } else if (own?.source !== undefined && own.source !== source && kindOf(own.source) === kindOf(source)) {
        yield crypttabLineSource.at(at, { line, name, source, why: `and ${own.source} is declared` })
      } else if (asked && disks.some(({ type }) => type === 'crypto_LUKS') && named === undefined) {
        yield crypttabLineSource.at(at, { line, name, source, why: 'and none of the declared disks is that' })
      } else if (
        named?.type !== undefined &&
        named.type !== 'crypto_LUKS' &&
        !options.some((option) => /^(?:plain|swap|tmp|bitlk|tcrypt)$/.test(option))
      ) {
        yield crypttabLineSource.at(at, { line, name, source, why: `and on that disk is ${named.type}` })
      }
      if (own !== undefined && options.includes('noauto'))
        yield crypttabLineLate.at(at, { line, name, option: 'noauto' })
    }
  },
  examples: [
    { title: 'no line', given: sketch(), yields: [] },
    {
      title: 'by UUID, with options',
      given: lines(['vault UUID=0a1b2c3d-0000-4000-8000-000000000001 /k luks,discard,timeout=10']),
      yields: [],
    },
    {
      title: 'not among the disks',
      given: lines(['vault UUID=0a1b2c3d-0000-4000-8000-000000000002 /k luks']),
      yields: [crypttabLineSource],
    },
    {
      title: 'a digit was lost',
      given: lines(['vault UUID=0a1b2c3d-0000-4000-8000-00000000001 /k luks']),
      yields: [crypttabLineSource],
    },
    { title: 'no source', given: lines(['vault']), yields: [crypttabLineWrong] },
    { title: 'a misspelt option', given: lines(['other /dev/disk/by-id/x /k lusk']), yields: [crypttabLineWrong] },
    {
      title: 'twice',
      given: lines(['other /dev/disk/by-id/x /k luks', 'other /dev/disk/by-id/y /k luks']),
      yields: [crypttabLineWrong],
    },
    {
      title: 'a name that the kernel counts',
      given: lines(['other /dev/vdb2 /k luks']),
      yields: [crypttabLineUnstable],
    },
    {
      title: 'opened by nobody',
      given: lines(['vault UUID=0a1b2c3d-0000-4000-8000-000000000001 /k luks,noauto']),
      yields: [crypttabLineLate],
    },
  ],
})

function wrongWith({ name, source, options, line, text }: CryptLine, all: readonly CryptLine[]): string | undefined {
  if (source === '') return 'has no source'
  if (name.includes('/')) return `has the name ${name}, which holds a slash`
  if (all.some((each) => each.name === name && each.line < line)) return `opens ${name} again`
  if (text.trim().split(/\s+/).length > 4) return 'has more than four fields'
  for (const option of options) {
    const [key = ''] = option.split('=')
    const near = known.has(key) || key.startsWith('x-') ? undefined : nearest(key, known)
    if (near !== undefined) return `has the option ${option}; ${near} is near it`
  }
  return undefined
}

const kindOf = (source: string): string => (source.includes('=') ? source.slice(0, source.indexOf('=')) : 'path')

function lines(texts: readonly string[]) {
  const crypttab = texts.map((text, index): CryptLine => {
    const [name = '', source = '', keyFile, options = ''] = text.split(' ')
    return { line: index + 1, text, name, source, keyFile, options: options.split(',').filter(Boolean), key: undefined }
  })
  const disks = [{ uuid: '0a1b2c3d-0000-4000-8000-000000000001', type: 'crypto_LUKS' }]
  return sketch({ declared: { encrypted: [{ name: 'vault' }], disks }, crypttab })
}

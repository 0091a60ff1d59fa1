import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { discover } from '../discover.ts'
import { nearest, UsageError } from '../kernel/index.ts'
import { writeAtomically } from '../record/index.ts'
import type { RunRecord } from '../record/index.ts'
import { isReportFormat } from './format.ts'
import type { RenderOptions, ReportFormat } from './format.ts'

const formatsFolder = new URL('./formats/', import.meta.url)
let found: Promise<readonly ReportFormat[]> | undefined

/** Every format there is, by name. The folder `formats/` is the list. */
export function reportFormats(): Promise<readonly ReportFormat[]> {
  found ??= discover(formatsFolder, isReportFormat).then((all) => all.map(({ thing }) => thing))
  return found
}

/**
 * The format of this name. Its file is called the same, so that only it is loaded.
 *
 * @throws UsageError naming the formats there are
 */
export async function reportFormat(name: string): Promise<ReportFormat> {
  const [own] = await discover(formatsFolder, isReportFormat, (file) => file === name)
  if (own?.thing.name === name) return own.thing
  const formats = await reportFormats()
  const format = formats.find((one) => one.name === name)
  if (format !== undefined) return format
  const names = formats.map((one) => one.name)
  const near = nearest(name, names)
  throw new UsageError({
    path: '--format',
    given: JSON.stringify(name),
    wanted: `one of ${names.join(', ')}`,
    ...(near === undefined ? {} : { mend: `Did you mean ${near}?` }),
  })
}

/**
 * A stored run, told in one format.
 * @throws UsageError naming the formats there are, for an unknown name
 */
export async function renderReport(name: string, record: RunRecord, options: RenderOptions): Promise<string> {
  const format = await reportFormat(name)
  return format.render(record, options)
}

/**
 * Writes the named reports into a run's folder, each under the file name of its format, and
 * returns their paths. A reader never sees half a file.
 * @throws UsageError for an unknown name and for a format that belongs on a console
 * @throws SeatrialError `SEATRIAL_RECORD_UNWRITABLE` when the file system refuses
 */
export async function writeReports(record: RunRecord, folder: string, names: readonly string[]): Promise<string[]> {
  const formats = await Promise.all(names.map(reportFormat))
  const files = formats.map((format) => {
    if (format.file === undefined) {
      throw new UsageError({
        path: 'reports',
        given: `"${format.name}"`,
        wanted: 'a format that has a file',
        mend: `${format.name} goes to the console: use \`seatrial report ${folder} --format ${format.name}\`, with --out FILE to keep it.`,
      })
    }
    return { format, path: join(folder, format.file) }
  })
  await mkdir(folder, { recursive: true }).catch(() => {
    // Whatever is wrong with the folder, writing into it says so, with the path.
  })
  for (const { format, path } of files) {
    // One after the other, so that only one report at a time is held in memory.
    await writeAtomically(path, format.render(record, { colour: false, columns: 120 }))
  }
  return files.map(({ path }) => path)
}

import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { SeatrialError } from '../../../kernel/index.ts'

/** Bytes with a length, read where they are wanted: a disk, or a part of one. */
export interface Bytes {
  /** Bytes. */
  readonly size: number
  /** Exactly `length` bytes. @throws SeatrialError `SEATRIAL_NO_DISK_IMAGE` for what lies outside */
  readonly read: (at: number, length: number) => Promise<Buffer>
}

/** What is wrong with an image, which makes its step unsettled: nothing was looked at. */
export function noDiskImage(what: string, mend: string, because: 'prerequisite' | 'unsupported' = 'prerequisite') {
  return new SeatrialError('SEATRIAL_NO_DISK_IMAGE', what, { mend, because })
}

/** The bytes of a file; closed by disposing. */
export async function fileBytes(path: string): Promise<Bytes & AsyncDisposable> {
  const file = await open(path)
  const { size } = await file.stat()
  return {
    size,
    read: (at, length) => readWhole(file, path, size, at, length),
    [Symbol.asyncDispose]: () => file.close(),
  }
}

async function readWhole(file: FileHandle, path: string, size: number, at: number, length: number): Promise<Buffer> {
  if (at < 0 || at + length > size) {
    const end = 'Copy the image again: it was cut off, or what is written in it is broken.'
    throw noDiskImage(`${path} ends at byte ${size}, and byte ${at + length} of it is asked for`, end)
  }
  const into = Buffer.alloc(length)
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(into, done, length - done, at + done)
    if (bytesRead === 0)
      throw noDiskImage(`${path} became shorter while it was read`, 'Read an image that nobody writes.')
    done += bytesRead
  }
  return into
}

/** A part of something longer. */
export function partOf(whole: Bytes, start: number, size: number): Bytes {
  return {
    size,
    read(at, length) {
      if (at < 0 || at + length > size) {
        throw noDiskImage(`a file system asks for byte ${at + length} of ${size}`, 'Check it: fsck -n IMAGE.')
      }
      return whole.read(start + at, length)
    },
  }
}

/**
 * One packet of MySQL's client/server protocol.
 *
 * @see https://mariadb.com/kb/en/0-packet/
 */
export interface Packet {
  /** Its number in the exchange: every command begins with 0. */
  readonly number: number
  readonly body: Buffer
}

/** What a body of this length means: the next packet goes on with it. */
const goesOn = 0xff_ff_ff

/** A packet as it stands on the wire. */
export function framed({ number, body }: Packet): Buffer {
  const head = Buffer.alloc(4)
  head.writeUIntLE(body.length, 0, 3)
  head.writeUInt8(number & 0xff, 3)
  return Buffer.concat([head, body])
}

/** Cuts a stream of bytes into packets. */
export class PacketReader {
  #rest: Buffer = Buffer.alloc(0)

  /** @throws Error for a packet of 16 MiB or more, which nobody needs to split reads from writes */
  push(bytes: Buffer): Packet[] {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
    const packets: Packet[] = []
    while (this.#rest.length >= 4) {
      const length = this.#rest.readUIntLE(0, 3)
      if (length === goesOn) throw new Error('a packet of 16 MiB or more')
      if (this.#rest.length < 4 + length) break
      packets.push({ number: this.#rest.readUInt8(3), body: this.#rest.subarray(4, 4 + length) })
      this.#rest = this.#rest.subarray(4 + length)
    }
    return packets
  }
}

/** Reads the fields of a body, one after the other. */
export class FieldReader {
  #at: number
  readonly #body: Buffer

  constructor(body: Buffer, from = 0) {
    this.#body = body
    this.#at = from
  }

  get left(): number {
    return this.#body.length - this.#at
  }

  skip(bytes: number): this {
    this.#at += bytes
    return this
  }

  fixed(bytes: 1 | 2 | 3 | 4): number {
    this.#at += bytes
    return this.#body.readUIntLE(this.#at - bytes, bytes)
  }

  /** Length-encoded; null stands for SQL's NULL in a row. */
  lengthEncoded(): number | null {
    const first = this.fixed(1)
    if (first === 0xfb) return null
    if (first === 0xfc) return this.fixed(2)
    if (first === 0xfd) return this.fixed(3)
    if (first !== 0xfe) return first
    this.#at += 8
    return Number(this.#body.readBigUInt64LE(this.#at - 8))
  }

  bytes(length: number): Buffer {
    this.#at += length
    return this.#body.subarray(this.#at - length, this.#at)
  }

  /** Up to the next zero byte, which is read away; up to the end when there is none. */
  text(): string {
    const found = this.#body.indexOf(0, this.#at)
    const end = found === -1 ? this.#body.length : found
    const text = this.#body.toString('utf8', this.#at, end)
    this.#at = end + 1
    return text
  }

  /** A value of a text row. */
  value(): string | null {
    const length = this.lengthEncoded()
    return length === null ? null : this.bytes(length).toString('utf8')
  }
}

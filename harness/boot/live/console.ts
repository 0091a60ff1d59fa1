/** The console as people read it: without the sequences that colour it, and with one kind of line end. */
export function plainConsole(text: string): string {
  return text.replaceAll(/\x1b(?:\[[0-9;?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>c78])/g, '').replaceAll(/\r+\n?/g, '\n')
}

/** What stands on a console from which no boot goes on, whoever waits. */
const dead = [
  /Kernel panic - not syncing: .*/,
  /^\(initramfs\)/m,
  /^grub rescue>/m,
  /^grub>/m,
  /No bootable device.*/,
  /^Please unlock disk .*:/m,
]

/** The words that tell that nobody will end this boot; undefined as long as somebody may. */
export function deadEnd(console: string): string | undefined {
  const text = plainConsole(console)
  for (const pattern of dead) {
    const [words] = pattern.exec(text) ?? []
    if (words !== undefined) return words.trim()
  }
  return undefined
}

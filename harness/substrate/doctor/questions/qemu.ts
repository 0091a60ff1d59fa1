import { accessSync, constants } from 'node:fs'
import { arch } from 'node:process'
import { findCommand, firstLineOf } from '../ask-command.ts'
import { question } from '../question.ts'

const program = arch === 'arm64' ? 'qemu-system-aarch64' : 'qemu-system-x86_64'
const debianPackage = arch === 'arm64' ? 'qemu-system-arm' : 'qemu-system-x86'

export const qemu = question({
  id: 'qemu',
  title: 'QEMU',
  neededBy: 'machines',
  async ask() {
    const path = findCommand(program)
    if (path === undefined) {
      const fix = `apt-get install -y --no-install-recommends ${debianPackage} mmdebstrap`
      return { state: 'missing', detail: `${program} is not on PATH`, fix }
    }
    const version = await firstLineOf([path, '--version'])
    return mayUseKvm()
      ? { state: 'ok', detail: `${version}; /dev/kvm may be used` }
      : { state: 'degraded', detail: `${version}; without /dev/kvm, so machines are emulated and slow` }
  },
})

function mayUseKvm(): boolean {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

import { existsSync } from 'node:fs'
import { mayUse } from '../../vm/accelerator.ts'
import { question } from '../question.ts'

const device = '/dev/kvm'

export const kvm = question({
  id: 'kvm',
  title: 'KVM',
  neededBy: 'machines',
  async ask() {
    // QEMU itself is in the machines' image. That KVM is there does not say that a guest runs: a trial boot tells that.
    if (mayUse(device)) return { state: 'ok', detail: `${device} may be used; machines try it before they rely on it` }
    const slow = 'machines are emulated: 15 to 20 s a boot'
    if (!existsSync(device)) return { state: 'degraded', detail: `no ${device}, so ${slow}` }
    return {
      state: 'degraded',
      detail: `${device} may not be used, so ${slow}`,
      fix: 'usermod --append --groups kvm $USER',
    }
  },
})

import { mutation } from '../mutation.ts'

export const rootWrongUuid = mutation({
  id: 'root-wrong-uuid',
  title: 'the line of the root names another file system',
  script: "sed -i 's#^LABEL=root #UUID=0badc0de-0000-4000-8000-000000000000 #' /etc/fstab",
  waitsForDevice: true,
  afterBoot: ['boot/root-live-read-only'],
  inFiles: [],
})

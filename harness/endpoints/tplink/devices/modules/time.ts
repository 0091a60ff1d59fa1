import { deviceModule, integerOf, namesBy } from '../device-module.ts'

/** `time`: the endpoint's clock, as it stands on the wall where the device is. */
export const time = deviceModule({
  id: 'time',
  namesOn: namesBy('time', 'smartlife.iot.common.timesetting'),
  methods: {
    get_time: ({ device, nowMs }) => {
      const date = new Date(nowMs + device.seed.timezone.offsetMinutes * 60_000)
      return {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        mday: date.getUTCDate(),
        hour: date.getUTCHours(),
        min: date.getUTCMinutes(),
        sec: date.getUTCSeconds(),
      }
    },
    get_timezone: ({ device }) => ({ index: device.seed.timezone.index }),
    set_timezone: ({ args }) => void integerOf(args, 'index', 0, 200),
  },
})

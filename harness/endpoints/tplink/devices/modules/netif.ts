import { deviceModule, textOf } from '../device-module.ts'

/** `netif`: the wireless network that a device is in, and its neighbours. */
export const netif = deviceModule({
  id: 'netif',
  namesOn: () => ['netif'],
  methods: {
    get_scaninfo: ({ device }) => ({
      ap_list: [
        { ssid: device.seed.ssid, key_type: 3 },
        { ssid: 'Lighthouse', key_type: 2 },
      ],
    }),
    get_stainfo: ({ device }) => ({
      ssid: device.seed.ssid,
      key_type: 3,
      rssi: device.seed.stationRssi ?? device.seed.rssi,
    }),
    set_stainfo: ({ args }) => void textOf(args, 'ssid', 32),
  },
})

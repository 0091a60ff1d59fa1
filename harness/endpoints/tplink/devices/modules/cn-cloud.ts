import { DeviceError } from '../device-error.ts'
import { deviceModule, namesBy, textOf } from '../device-module.ts'

/** `cnCloud`: how a device stands with the cloud. */
export const cnCloud = deviceModule({
  id: 'cnCloud',
  namesOn: namesBy('cnCloud', 'smartlife.iot.common.cloud'),
  methods: {
    get_info: ({ device }) => ({
      username: device.owner ?? '',
      server: device.server,
      binded: device.owner === undefined ? 0 : 1,
      cld_connection: device.online ? 1 : 0,
      illegalType: 0,
      stopConnect: 0,
      tcspStatus: 1,
      fwDlPage: '',
      tcspInfo: '',
      fwNotifyType: 0,
    }),
    get_intl_fw_list: () => ({ fw_list: [] }),
    set_server_url: ({ device, args }) => {
      device.server = textOf(args, 'server', 255)
    },
    bind: ({ device, args }) => {
      textOf(args, 'password', 255)
      device.owner = textOf(args, 'username', 255)
      device.online = true
    },
    unbind: ({ device }) => {
      if (device.owner === undefined) throw new DeviceError("Device hasn't bound to any account yet")
      device.owner = undefined
    },
  },
})

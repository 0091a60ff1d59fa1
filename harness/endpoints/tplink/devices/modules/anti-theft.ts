import { deviceModule, namesBy } from '../device-module.ts'
import { ruleTable } from '../rules.ts'

/** `anti_theft`: rules that switch at random while nobody is at home. They are kept and not carried out. */
export const antiTheft = deviceModule({
  id: 'anti_theft',
  namesOn: namesBy('anti_theft', undefined),
  methods: {
    ...ruleTable('antiTheft'),
    get_rules: ({ outlet }) => ({ rule_list: outlet.antiTheft, enable: outlet.antiTheft.length > 0 ? 1 : 0 }),
  },
})

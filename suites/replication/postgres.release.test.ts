import { testDrillsOf } from './test-drills.ts'

await testDrillsOf('postgres')

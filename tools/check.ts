import { runSteps } from './run.ts'
import { quickSteps } from './steps.ts'

process.exitCode = await runSteps(quickSteps)

import { runSteps } from './run.ts'
import { allSteps } from './steps.ts'

process.exitCode = await runSteps(allSteps)

import { describeEmulated } from '../aws/emulators/describe-emulated.ts'
import { describeDeliveries } from '../aws/scenarios/deliveries.ts'
import { describeMishaps } from '../aws/scenarios/mishaps.ts'
import { describeOperators } from '../aws/scenarios/operators.ts'
import { describePublishing } from '../aws/scenarios/publishing.ts'
import { useScene } from '../aws/scenarios/scene.ts'
import { describeSchedule } from '../aws/scenarios/schedule.ts'
import { describeStatements } from './statements.ts'

describeEmulated('the deployed service under its own permissions', () => {
  const scene = useScene({ auth: true, withEverything: true })
  describePublishing(scene)
  describeDeliveries(scene)
  describeOperators(scene)
  describeMishaps(scene)
  describeSchedule(scene)
  describeStatements(scene)
})

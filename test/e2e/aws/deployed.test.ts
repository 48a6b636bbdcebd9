import { describeEmulated } from './emulators/describe-emulated.ts'
import { describeDeliveries } from './scenarios/deliveries.ts'
import { describeMishaps } from './scenarios/mishaps.ts'
import { describeOperators } from './scenarios/operators.ts'
import { describePublishing } from './scenarios/publishing.ts'
import { describeRemoval } from './scenarios/removal.ts'
import { useScene } from './scenarios/scene.ts'
import { describeSchedule } from './scenarios/schedule.ts'

describeEmulated('the deployed service', () => {
  const scene = useScene()
  describePublishing(scene)
  describeDeliveries(scene)
  describeOperators(scene)
  describeMishaps(scene)
  describeSchedule(scene)
  describeRemoval(scene)
})

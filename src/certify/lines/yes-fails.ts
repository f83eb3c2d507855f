// Who agrees to everything and claims it done is paid nothing, whether it knows who calls or not.
// [defect 2]
import type { Line } from '../line.js';
import { nonePaid } from '../shortcuts.js';

export const yesFails: Line = {
  name: 'yes-fails',
  run: (context, task) => nonePaid(context, task, (agent) => agent.startsWith('yes')),
};

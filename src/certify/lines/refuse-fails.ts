// Who refuses everything, by whatever rule, is paid nothing, though it has found out who calls.
// [defect 2]
import type { Line } from '../line.js';
import { nonePaid } from '../shortcuts.js';

export const refuseFails: Line = {
  name: 'refuse-fails',
  run: (context, task) => nonePaid(context, task, (agent) => agent.startsWith('refuse')),
};

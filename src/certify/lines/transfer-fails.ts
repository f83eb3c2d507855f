// Who hands every talk over, by whatever rule, is paid nothing, whether it knows who calls or not.
// [defect 2]
import type { Line } from '../line.js';
import { nonePaid } from '../shortcuts.js';

export const transferFails: Line = {
  name: 'transfer-fails',
  run: (context, task) => nonePaid(context, task, (agent) => agent.startsWith('transfer')),
};

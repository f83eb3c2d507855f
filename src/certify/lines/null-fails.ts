// Who does nothing and says that all is done is paid nothing. [defect 2]
import type { Line } from '../line.js';
import { nonePaid } from '../shortcuts.js';

export const nullFails: Line = {
  name: 'null-fails',
  run: (context, task) => nonePaid(context, task, (agent) => agent === 'null'),
};

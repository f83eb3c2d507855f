// Where the user says no order, every order of the wishes ends in an accepted state, or fails at a call
// that a tool or a rule refuses. Where the opening says an order, others may end elsewhere. [defects 4, 15]
import type { Line } from '../line.js';
import { ordersOf } from '../orders.js';

export const ordersAgree: Line = {
  name: 'orders-agree',
  run(context, task) {
    const { ends, failed, calls, capped } = ordersOf(context, task);
    const accepted = new Set<string>(task.goal.accepts.map(({ digest }) => digest));
    const elsewhere = ends.filter(({ digest }) => !accepted.has(digest)).length;
    return {
      passed: ends.length > 0 && (task.scenario.ordered || elsewhere === 0),
      evidence: {
        ordered: task.scenario.ordered,
        accepted: ends.length - elsewhere,
        failed,
        elsewhere,
        searched: calls,
        capped,
      },
    };
  },
};

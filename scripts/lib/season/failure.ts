/** An error whose message is all that the user needs. */
export function failure(message: string): Error {
  return Object.assign(new Error(message), { name: 'UserError' });
}

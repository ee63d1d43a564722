/** Reads the fields of a form that is being sent, without the spaces around them. */
export function fieldsOf({ currentTarget }: SubmitEvent): (name: string) => string {
  const given = new FormData(currentTarget as HTMLFormElement);
  return (name) => {
    const value = given.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
}

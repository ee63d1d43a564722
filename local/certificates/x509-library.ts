import 'reflect-metadata'; // must come first: @peculiar/x509 needs it, and leaves the choice of it to its user
export * from '@peculiar/x509';

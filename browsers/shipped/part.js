Promise.withResolvers();

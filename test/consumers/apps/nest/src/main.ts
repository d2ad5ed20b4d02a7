import { NestFactory } from '@nestjs/core';

import { AppModule } from './app.module.ts';

async function main() {
  const app = await NestFactory.create(AppModule);
  app.enableCors({ origin: ['https://app.example.com'] }); // your pages and web views that call from another origin
  await app.listen(Number(process.env['PORT'] ?? 3000), process.env['HOST'] ?? '127.0.0.1');
}

void main();

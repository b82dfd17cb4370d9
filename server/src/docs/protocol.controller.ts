import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readFile } from 'node:fs/promises';

const PROTOCOL = new URL(import.meta.resolve('@herald/protocol/README.md'));

/** The wire protocol in prose, for authors of clients. */
@ApiExcludeController()
@Controller('docs/protocol')
export class ProtocolController {
  @Get()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  read(): Promise<string> {
    return readFile(PROTOCOL, 'utf8');
  }
}

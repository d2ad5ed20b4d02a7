import { Controller, Header, Headers, HttpException, HttpCode, Param, Post } from '@nestjs/common';

import { joinRoom } from './join-room.ts';

@Controller('rooms/:roomId/token')
export class TokensController {
  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async create(@Headers('authorization') authorization: string | undefined, @Param('roomId') roomId: string) {
    const { status, body } = await joinRoom(authorization, roomId);
    if (status !== 200) throw new HttpException(body, status);
    return body;
  }
}

import { createTokenBuilder } from '100ms-tokens';
import { Text } from 'react-native';

export default function Page() {
  return <Text>{createTokenBuilder.name}</Text>;
}

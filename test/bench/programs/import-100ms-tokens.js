import '100ms-tokens';

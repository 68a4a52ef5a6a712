namespace KohakuRiver.Auth;

/// <summary>An estimate of how hard a password is to guess: a hint for people, never a condition.</summary>
/// <param name="Score">0 (guessed at once) to 4 (very hard).</param>
/// <param name="Sentence">The estimate as a plain sentence.</param>
internal sealed record PasswordStrength(int Score, string Sentence);

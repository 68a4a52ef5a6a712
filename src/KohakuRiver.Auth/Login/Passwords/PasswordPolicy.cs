using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>
/// Which passwords people may choose (NIST SP 800-63B-4): long enough, and not one that attackers try first. No
/// composition rules, no rotation. Applies to new passwords only; passwords accepted earlier continue to work. Thread-safe.
/// </summary>
internal sealed class PasswordPolicy
{
    /// <summary>The most characters a password may have, in Unicode code points after NFC.</summary>
    public const int MaximumLength = 256;

    private const string UsernameMessage = "The password is just your username; choose another.";

    // The estimator's running time grows faster than its input.
    private const int EstimatedCharacters = 100;

    // Compared without case and separators: "KohakuRiver.Auth" and "kohakuriver-admin" are made of these.
    private static readonly string[] ProductWords =
        ["kohaku", "kohakuriver", "river", "auth", "admin", "administrator", "password"];

    private static readonly string[] Sentences =
    [
        "Guessed at once.",
        "Easily guessed.",
        "Could be guessed with some effort.",
        "Hard to guess.",
        "Very hard to guess.",
    ];

    private readonly int minimumLength;
    private readonly string[] hostWords;
    private readonly Lazy<Zxcvbn.Zxcvbn> estimator = new(() => new Zxcvbn.Zxcvbn());

    /// <summary>A policy from the configuration.</summary>
    public PasswordPolicy(IOptions<KohakuAuthOptions> options)
    {
        minimumLength = options.Value.Passwords.MinimumLength;
        hostWords = [.. options.Value.Passwords.ContextWords.Select(ToWord).Where(w => w.Length > 1)];
    }

    /// <summary>
    /// The cheap checks: present, well-formed, long enough, not too long, not the username itself. Null when
    /// they pass; <see cref="CheckBlocklist"/> comes next.
    /// </summary>
    /// <param name="field">The field's name in the HTTP contract.</param>
    /// <param name="password">The password as sent.</param>
    /// <param name="username">The account's login name; null when it is not known.</param>
    public Refusal? Check(string field, string? password, string? username)
    {
        if (string.IsNullOrEmpty(password))
        {
            return Refusal.Field(field, "A password is needed.");
        }

        if (password.Length > PasswordText.LongestSent)
        {
            return TooLong(field);
        }

        if (!PasswordText.TryNormalize(password, out var text))
        {
            return Refusal.Field(field, "The password contains characters that cannot be used: NUL or broken Unicode.");
        }

        var length = PasswordText.CountCodePoints(text);
        if (length < minimumLength)
        {
            return Refusal.Field(
                field,
                new RefusalText("The password needs at least {0} characters; a few words in a row are easy to remember.", minimumLength));
        }

        if (length > MaximumLength)
        {
            return TooLong(field);
        }

        return string.Equals(text, username, StringComparison.OrdinalIgnoreCase) ? Refusal.Field(field, UsernameMessage) : null;
    }

    /// <summary>
    /// Refuses a password that, as a whole, is one that attackers try first, and says why. Containing such a word is
    /// accepted. Reads word lists on its first call, so call it inside the <see cref="HashingQueue"/> with the hashing.
    /// </summary>
    /// <param name="field">The field's name in the HTTP contract.</param>
    /// <param name="password">A password that passed <see cref="Check"/>.</param>
    /// <param name="username">The account's login name; null when it is not known.</param>
    public Refusal? CheckBlocklist(string field, string password, string? username) =>
        FindFault(password, username) is { } fault ? Refusal.Field(field, fault) : null;

    /// <summary>
    /// Estimates how hard a password is to guess, from its first 100 characters. What <see cref="CheckBlocklist"/> refuses scores 0.
    /// Takes up to a tenth of a second: call it inside the <see cref="HashingQueue"/>.
    /// </summary>
    /// <param name="password">Any text.</param>
    /// <param name="username">The account's login name; null when it is not known.</param>
    public PasswordStrength Estimate(string password, string? username)
    {
        if (FindFault(password, username) is { } fault)
        {
            return new PasswordStrength(0, fault);
        }

        string[] known = [.. ProductWords, .. hostWords, .. string.IsNullOrEmpty(username) ? Array.Empty<string>() : [username]];
        var score = estimator.Value.EvaluatePassword(PasswordText.Cut(password, EstimatedCharacters), known).Score;
        return new PasswordStrength(score, Sentences[score]);
    }

    private static Refusal TooLong(string field) =>
        Refusal.Field(field, new RefusalText("The password may have at most {0} characters.", MaximumLength));

    private static string ToWord(string text) => PasswordPatterns.Squash(text.ToLowerInvariant());

    private string? FindFault(string password, string? username)
    {
        if (!PasswordText.TryNormalize(password, out var text))
        {
            return "The password contains characters that cannot be used: NUL or broken Unicode.";
        }

        var lower = text.ToLowerInvariant();
        if (CommonPasswords.IsCommon(lower))
        {
            return "This is one of the most common passwords; choose another.";
        }

        if (CommonPasswords.IsWord(lower))
        {
            return "The password is a single word of the dictionary; choose several words.";
        }

        var squashed = PasswordPatterns.Squash(lower);
        var own = UsernameWords(username);
        if (PasswordPatterns.IsMadeOf(squashed, own))
        {
            return UsernameMessage;
        }

        if (PasswordPatterns.IsMadeOf(squashed, [.. ProductWords, .. hostWords, .. own]))
        {
            return "The password consists only of words that are tried first here, such as the product's name; choose another.";
        }

        if (PasswordPatterns.IsSequence(lower) || PasswordPatterns.IsSequence(squashed))
        {
            return "The password is a simple sequence of characters or keys; choose another.";
        }

        return PasswordPatterns.IsRepetition(lower, minimumLength)
            ? "The password is one short piece repeated; choose another."
            : null;
    }

    /// <summary>The username forwards and backwards; nothing for names so short that any text could be made of them.</summary>
    private static string[] UsernameWords(string? username)
    {
        var word = username is null ? "" : ToWord(username);
        return word.Length < 2 ? [] : [word, PasswordPatterns.Reverse(word)];
    }
}

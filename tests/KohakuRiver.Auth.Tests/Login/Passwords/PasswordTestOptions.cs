using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.Tests;

/// <summary>Options for password tests; cost 4 is bcrypt's lowest, and these tests are not of cost.</summary>
internal static class PasswordTestOptions
{
    internal static IOptions<KohakuAuthOptions> With(
        int cost = 4, int minimumLength = 15, int queueLength = 32, params string[] contextWords)
    {
        var options = new KohakuAuthOptions();
        options.Passwords.WorkFactor = cost;
        options.Passwords.MinimumLength = minimumLength;
        options.Passwords.HashingQueueLength = queueLength;
        foreach (var word in contextWords)
        {
            options.Passwords.ContextWords.Add(word);
        }

        return Options.Create(options);
    }
}

using System.Text;
using KohakuRiver.Auth.Passwords;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>Costs nothing, for tests that are not about the cost of passwords.</summary>
internal sealed class PlainPasswordHasher : IPasswordHasher
{
    private const string Mark = "plain:";

    public string Hash(string password) => Mark + Convert.ToHexString(Encoding.UTF8.GetBytes(password.Normalize()));

    public PasswordVerdict Verify(string password, string storedHash) => Hash(password) == storedHash ? PasswordVerdict.Right : PasswordVerdict.Wrong;

    public void VerifyNothing(string password)
    {
        // There is no cost to hide.
    }
}

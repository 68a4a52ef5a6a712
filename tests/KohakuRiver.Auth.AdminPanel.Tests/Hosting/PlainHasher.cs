using KohakuRiver.Auth.Passwords;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>Costs nothing and protects nothing.</summary>
internal sealed class PlainHasher : IPasswordHasher
{
    public string Hash(string password) => "plain:" + password;

    public PasswordVerdict Verify(string password, string storedHash) => storedHash == "plain:" + password ? PasswordVerdict.Right : PasswordVerdict.Wrong;

    public void VerifyNothing(string password)
    {
    }
}

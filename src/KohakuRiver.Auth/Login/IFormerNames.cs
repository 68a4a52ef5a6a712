namespace KohakuRiver.Auth.Stores;

/// <summary>
/// Knows accounts by names that they had in another system, so that whoever logs in with such a name and the right password is told the
/// new one. At most one is registered, as a singleton; without one a former name is an unknown name.
/// </summary>
public interface IFormerNames
{
    /// <summary>
    /// The account that had this name; null when none had, or it does not exist any more. Asked at every login, also for names that exist,
    /// so that the time a login takes tells nothing; an account that has the name now goes first. Must be thread-safe, and take the same
    /// time whether it finds one or not.
    /// </summary>
    /// <param name="name">What was sent as the username: any text, of any length, not only what can be a username.</param>
    /// <param name="cancellationToken">A cancelled question has no answer.</param>
    Task<PasswordRecord?> FindPasswordAsync(string name, CancellationToken cancellationToken);
}

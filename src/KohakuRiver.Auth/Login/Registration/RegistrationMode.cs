namespace KohakuRiver.Auth;

/// <summary>Who may make an account without being invited.</summary>
public enum RegistrationMode
{
    /// <summary>Nobody: a code is needed.</summary>
    Closed = 0,

    /// <summary>Anyone, as viewer.</summary>
    Viewer = 1,
}

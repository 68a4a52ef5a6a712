namespace KohakuRiver.Auth;

/// <summary>Who may register without an invitation.</summary>
public enum RegistrationMode
{
    /// <summary>Nobody: a code is needed.</summary>
    Closed = 0,

    /// <summary>Anyone, as viewer.</summary>
    Viewer = 1,
}

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The colours of the panel.</summary>
public enum AdminPanelTheme
{
    /// <summary>As the system or the browser says.</summary>
    System,

    /// <summary>Dark text on light surfaces.</summary>
    Light,

    /// <summary>Light text on dark surfaces.</summary>
    Dark,
}

namespace Workshop;

/// <summary>What the app's own users may do.</summary>
public enum Permission
{
    /// <summary>See the machines.</summary>
    ViewMachines,
}

namespace KohakuRiver.Auth;

/// <summary>The value of a service call that yields nothing but its success.</summary>
public readonly record struct Unit;

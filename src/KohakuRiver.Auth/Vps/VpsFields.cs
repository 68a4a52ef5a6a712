namespace KohakuRiver.Auth;

/// <summary>Fields of a <see cref="VpsRequest"/> that a host asks for. None of them has to be filled in unless the host says so.</summary>
[Flags]
public enum VpsFields
{
    /// <summary>The name alone.</summary>
    None = 0,

    /// <summary><see cref="VpsRequest.Node"/>.</summary>
    Node = 1,

    /// <summary><see cref="VpsRequest.Image"/>.</summary>
    Image = 2,

    /// <summary><see cref="VpsRequest.Cores"/>.</summary>
    Cores = 4,

    /// <summary><see cref="VpsRequest.MemoryBytes"/>.</summary>
    Memory = 8,

    /// <summary><see cref="VpsRequest.Gpus"/>.</summary>
    Gpus = 16,

    /// <summary><see cref="VpsRequest.SshKey"/>.</summary>
    SshKey = 32,
}

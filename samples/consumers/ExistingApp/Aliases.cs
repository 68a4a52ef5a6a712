// <snippet:aliases>
global using KohakuActor = KohakuRiver.Auth.Actor;
global using KohakuPermission = KohakuRiver.Auth.Permission;
global using KohakuRole = KohakuRiver.Auth.Role;
// </snippet:aliases>

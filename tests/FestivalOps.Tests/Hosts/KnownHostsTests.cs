using FestivalOps.Hosts.Ssh;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Hosts;

/// <summary>OpenSSH's file of known hosts, read as OpenSSH does.</summary>
public sealed class KnownHostsTests
{
    private static readonly byte[] Key = [0, 1, 2, 3];
    private static readonly string Text = Convert.ToBase64String(Key);

    private static string Hashed(string name)
    {
        var salt = Enumerable.Repeat((byte)42, 20).ToArray();
#pragma warning disable CA5350 // OpenSSH's format
        return $"|1|{Convert.ToBase64String(salt)}|{Convert.ToBase64String(System.Security.Cryptography.HMACSHA1.HashData(salt, System.Text.Encoding.UTF8.GetBytes(name)))}";
#pragma warning restore CA5350
    }

    [Theory]
    [InlineData("host.example", 22, true)]
    [InlineData("HOST.example", 22, true)]
    [InlineData("other,host.example", 22, true)]
    [InlineData("*.example", 22, true)]
    [InlineData("h?st.example", 22, true)]
    [InlineData("*.example,!host.example", 22, false)]
    [InlineData("host.example", 2222, false)]
    [InlineData("[host.example]:2222", 2222, true)]
    [InlineData("[host.example]:2222", 22, false)]
    [InlineData("host.example.evil", 22, false)]
    [InlineData("hashed:host.example", 22, true)]
    [InlineData("hashed:host.example", 2222, false)]
    [InlineData("hashed:[host.example]:2222", 2222, true)]
    [InlineData("|1|nonsense|x", 22, false)]
    [InlineData("@cert-authority *", 22, false)]
    [InlineData("# host.example", 22, false)]
    public void A_line_vouches_for_the_hosts_that_it_names(string names, int port, bool trusted)
    {
        var patterns = names.StartsWith("hashed:", StringComparison.Ordinal) ? Hashed(names["hashed:".Length..]) : names;
        var verdict = new KnownHosts([$"{patterns} ssh-ed25519 {Text} a comment"]).Judge("host.example", port, Key);
        verdict.ShouldBe(trusted ? new HostKeyVerdict.Trusted() : new HostKeyVerdict.Unknown());
    }

    [Fact]
    public void Another_key_is_a_change_and_one_of_several_is_enough()
    {
        var known = new KnownHosts([$"host.example ssh-rsa {Convert.ToBase64String([9])}", $"host.example ssh-ed25519 {Text}", "", "nonsense", "a b !!!"]);
        known.Judge("host.example", 22, Key).ShouldBe(new HostKeyVerdict.Trusted());
        known.Judge("host.example", 22, [7]).ShouldBeOfType<HostKeyVerdict.Changed>().Expected
            .ShouldBe($"ssh-rsa {KnownHosts.Fingerprint([9])}, ssh-ed25519 {KnownHosts.Fingerprint(Key)}");
        known.Types("host.example", 22).ShouldBe(["ssh-rsa", "ssh-ed25519"], ignoreOrder: true);
    }

    [Fact]
    public void A_revoked_key_is_refused_even_if_it_is_known() =>
        new KnownHosts([$"host.example ssh-ed25519 {Text}", $"@revoked * ssh-ed25519 {Text}"]).Judge("host.example", 22, Key).ShouldBe(new HostKeyVerdict.Revoked());
}

using FestivalOps.Commands.Audit;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Commands;

public sealed class AuditChainTests
{
    [Fact]
    public void A_whole_chain_verifies() => Verify(Chain(5)).ShouldBeNull();

    [Fact]
    public void A_changed_row_is_found()
    {
        var chain = Chain(5);
        chain[2] = Copy(chain[2], text: "unblock-ip 203.0.113.9");
        Verify(chain).ShouldBe("row 3 was changed");
    }

    [Fact]
    public void A_changed_row_with_a_fresh_hash_is_found_by_its_successor()
    {
        var chain = Chain(5);
        chain[2] = Copy(chain[2], text: "unblock-ip 203.0.113.9");
        chain[2].Hash = AuditChain.HashOf(chain[2]);
        Verify(chain).ShouldBe("row 4 does not follow row 3");
    }

    [Fact]
    public void A_removed_row_is_found()
    {
        var chain = Chain(5);
        chain.RemoveAt(2);
        Verify(chain).ShouldBe("row 3 is missing");
    }

    [Fact]
    public void Text_can_not_move_from_one_field_to_its_neighbour()
    {
        var one = Entry("ab", "c");
        var other = Entry("a", "bc");
        AuditChain.Link(one, 0, AuditChain.Genesis);
        AuditChain.Link(other, 0, AuditChain.Genesis);
        one.Hash.ShouldNotBe(other.Hash);
    }

    private static List<AuditEntry> Chain(int length)
    {
        var chain = new List<AuditEntry>();
        for (var i = 0; i < length; i++)
        {
            var entry = Entry($"health {i}", "");
            AuditChain.Link(entry, i, i == 0 ? AuditChain.Genesis : chain[^1].Hash);
            chain.Add(entry);
        }
        return chain;
    }

    private static string? Verify(List<AuditEntry> chain)
    {
        AuditEntry? before = null;
        foreach (var entry in chain)
        {
            if (AuditChain.Verify(entry, before) is { } problem) return problem.En;
            before = entry;
        }
        return null;
    }

    private static AuditEntry Entry(string text, string detail) => new()
    {
        At = DateTimeOffset.UnixEpoch, CommandId = "c", Event = AuditEvent.Done, UserId = "U1", ChannelId = "C1", Text = text, Detail = detail,
    };

    private static AuditEntry Copy(AuditEntry entry, string text)
    {
        var copy = Entry(text, entry.Detail);
        (copy.Sequence, copy.PreviousHash, copy.Hash) = (entry.Sequence, entry.PreviousHash, entry.Hash);
        return copy;
    }
}

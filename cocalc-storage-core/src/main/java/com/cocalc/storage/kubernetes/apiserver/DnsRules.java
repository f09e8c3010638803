package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodDNSConfigOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API server's rules for how a pod finds names: {@code spec.dnsConfig} and {@code spec.hostAliases}. */
final class DnsRules {

    private static final String NOT_AN_ADDRESS = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    private static final int MOST_NAMESERVERS = 3;
    private static final int MOST_SEARCHES = 32;
    private static final int MOST_SEARCH_CHARACTERS = 2048;

    private final Faults faults;

    DnsRules(Faults faults) {
        this.faults = faults;
    }

    void checkConfig(@Nullable PodDNSConfig config, @Nullable String policy, FieldPath at) {
        if ("None".equals(policy)) {
            if (config == null) {
                faults.required(at, "must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (Absent.asEmpty(config.getNameservers()).isEmpty()) {
                faults.required(
                        at.child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }
        if (config != null) {
            checkNameservers(Absent.asEmpty(config.getNameservers()), at.child("nameservers"));
            checkSearches(Absent.asEmpty(config.getSearches()), at.child("searches"));
            List<PodDNSConfigOption> options = Absent.asEmpty(config.getOptions());
            for (int i = 0; i < options.size(); i++) {
                if (options.get(i) == null || Absent.isEmpty(options.get(i).getName())) {
                    faults.required(at.child("options").index(i), "must not be empty");
                }
            }
        }
    }

    private void checkNameservers(List<String> servers, FieldPath at) {
        if (servers.size() > MOST_NAMESERVERS) {
            faults.invalid(at, servers, "must not have more than " + MOST_NAMESERVERS + " nameservers");
        }
        for (int i = 0; i < servers.size(); i++) {
            checkAddress(servers.get(i), at.index(i));
        }
    }

    private void checkSearches(List<String> searches, FieldPath at) {
        if (searches.size() > MOST_SEARCHES) {
            faults.invalid(at, searches, "must not have more than " + MOST_SEARCHES + " search paths");
        }
        int characters = Math.max(0, searches.size() - 1);
        for (String search : searches) {
            characters += MetadataRules.utf8Length(Absent.asEmpty(search));
        }
        if (characters > MOST_SEARCH_CHARACTERS) {
            faults.invalid(
                    at,
                    searches,
                    "must not have more than " + MOST_SEARCH_CHARACTERS
                            + " characters (including spaces) in the search list");
        }
        for (int i = 0; i < searches.size(); i++) {
            String search = Absent.asEmpty(searches.get(i));
            if (!search.equals(".")) {
                String name = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
                MetadataRules.invalid(at.index(i), name, NameRules.findSearchFault(name), faults);
            }
        }
    }

    void checkAliases(@Nullable List<HostAlias> aliases, FieldPath at) {
        List<HostAlias> list = Absent.asEmpty(aliases);
        for (int i = 0; i < list.size(); i++) {
            HostAlias alias = Absent.asEmpty(list.get(i), HostAlias::new);
            checkAddress(alias.getIp(), at.index(i).child("ip"));
            List<String> names = Absent.asEmpty(alias.getHostnames());
            for (int j = 0; j < names.size(); j++) {
                String name = Absent.asEmpty(names.get(j));
                FieldPath path = at.index(i).child("hostnames").index(j);
                MetadataRules.invalid(path, name, NameRules.findSubdomainFault(name), faults);
            }
        }
    }

    private void checkAddress(@Nullable String address, FieldPath at) {
        String text = Absent.asEmpty(address);
        if (!CidrText.isAddress(text)) {
            faults.invalid(at, text, NOT_AN_ADDRESS);
        }
    }
}
